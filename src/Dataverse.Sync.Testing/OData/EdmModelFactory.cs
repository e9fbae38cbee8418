using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.Community.V1;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Builds the model against which URLs are parsed. Names are taken as they are: the grammar is case-sensitive.
/// </summary>
internal static class EdmModelFactory
{
    public static EdmModel Create(
        string @namespace,
        string containerName,
        IReadOnlyList<EntityShape> entities,
        IReadOnlyList<RowFunctionShape>? rowFunctions = null)
    {
        var model = new EdmModel();
        var types = new Dictionary<string, EdmEntityType>(StringComparer.Ordinal);
        foreach (var entity in entities)
        {
            types.Add(entity.Name, AddType(model, @namespace, entity, types));
        }

        var container = new EdmEntityContainer(@namespace, containerName);
        model.AddElement(container);
        var sets = entities.Where(entity => entity.SetName is not null).ToDictionary(
            entity => entity.Name,
            entity => container.AddEntitySet(entity.SetName, types[entity.Name]),
            StringComparer.Ordinal);

        foreach (var entity in entities)
        {
            AddNavigations(entity, types, sets);
        }

        foreach (var function in rowFunctions ?? [])
        {
            foreach (var type in types.Values.Where(type => type.BaseType is null))
            {
                AddFunction(model, @namespace, function, type);
            }
        }

        return model;
    }

    private static EdmEntityType AddType(
        EdmModel model, string @namespace, EntityShape entity, Dictionary<string, EdmEntityType> types)
    {
        var type = new EdmEntityType(
            @namespace, entity.Name, entity.BaseName is null ? null : types[entity.BaseName], entity.IsAbstract, isOpen: false);
        var properties = entity.Properties.ToDictionary(
            property => property.Name,
            property => AddProperty(model, type, property),
            StringComparer.Ordinal);
        if (entity.Key.Count > 0)
        {
            type.AddKeys(entity.Key.Select(name => properties[name]));
        }

        model.AddElement(type);
        foreach (var key in entity.AlternateKeys)
        {
            model.AddAlternateKeyAnnotation(
                type, key.ToDictionary(name => name, name => (IEdmProperty)properties[name], StringComparer.Ordinal));
        }

        return type;
    }

    private static EdmStructuralProperty AddProperty(EdmModel model, EdmEntityType type, PropertyShape property)
    {
        if (property.Declared is not { } declared)
        {
            return type.AddStructuralProperty(property.Name, property.Kind, property.IsNullable);
        }

        Declare(model, declared);
        return type.AddStructuralProperty(
            property.Name,
            declared is IEdmEnumType named
                ? new EdmEnumTypeReference(named, isNullable: true)
                : new EdmComplexTypeReference((IEdmComplexType)declared, isNullable: true));
    }

    private static void Declare(EdmModel model, IEdmType type)
    {
        if (model.FindDeclaredType(type.FullTypeName()) is not null)
        {
            return;
        }

        model.AddElement((IEdmSchemaElement)type);
        foreach (var member in (type as IEdmComplexType)?.DeclaredProperties ?? [])
        {
            if (member.Type.Definition is IEdmEnumType or IEdmComplexType)
            {
                Declare(model, member.Type.Definition);
            }
        }
    }

    private static void AddNavigations(
        EntityShape entity, Dictionary<string, EdmEntityType> types, Dictionary<string, EdmEntitySet> sets)
    {
        foreach (var navigation in entity.Navigations)
        {
            var property = types[entity.Name].AddUnidirectionalNavigation(new EdmNavigationPropertyInfo
            {
                Name = navigation.Name,
                Target = types[navigation.Target],
                TargetMultiplicity = navigation.IsCollection ? EdmMultiplicity.Many : EdmMultiplicity.ZeroOrOne,
                ContainsTarget = !sets.ContainsKey(navigation.Target),
            });
            if (sets.TryGetValue(entity.Name, out var from) && sets.TryGetValue(navigation.Target, out var to))
            {
                from.AddNavigationTarget(property, to);
            }
        }
    }

    private static void AddFunction(EdmModel model, string @namespace, RowFunctionShape shape, EdmEntityType type)
    {
        var function = new EdmFunction(
            @namespace, shape.Name, EdmCoreModel.Instance.GetBoolean(false), isBound: true,
            entitySetPathExpression: null, isComposable: false);
        function.AddParameter("row", new EdmEntityTypeReference(type, isNullable: false));
        foreach (var parameter in shape.Parameters)
        {
            var primitive = EdmCoreModel.Instance.GetPrimitive(parameter.Kind, isNullable: true);
            function.AddParameter(
                parameter.Name, parameter.IsCollection ? EdmCoreModel.GetCollection(primitive) : primitive);
        }

        model.AddElement(function);
    }
}
