using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;

namespace Dataverse.Sync.Shapes;

/// <summary>Compiles the creation of an object from a record: its constructor and the setters of its members.</summary>
internal static class RecordCreator
{
    public const DynamicallyAccessedMemberTypes Members =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>Compiles the creation, or returns null if no constructor can be called.</summary>
    /// <param name="fields">The fields of the shape.</param>
    /// <param name="id">The property that receives the id of the record, or null.</param>
    public static Func<TableRecord, int[], T>? Compile<[DynamicallyAccessedMembers(Members)] T>(
        IReadOnlyList<TypedField<T>> fields, PropertyInfo? id)
        where T : class
    {
        if (typeof(T).IsAbstract || ConstructorOf(typeof(T), fields, id) is not { } constructor)
        {
            return null;
        }

        var record = Expression.Parameter(typeof(TableRecord));
        var ordinals = Expression.Parameter(typeof(int[]));
        var idOfRecord = IdOf(record);
        var parameters = constructor.GetParameters();
        var arguments = parameters.Select(parameter => ArgumentOf(parameter, fields, id, record, ordinals));
        var bindings = fields.Index()
            .Where(field => field.Item.Info is { } member && MemberAccess.CanBeSet(member) && !IsIn(parameters, member))
            .Select(field => (MemberBinding)Expression.Bind(
                field.Item.Info!, field.Item.ReadFrom(record, ordinals, field.Index)));
        if (id is not null && MemberAccess.CanBeSet(id) && !IsIn(parameters, id))
        {
            bindings = bindings.Append(Expression.Bind(id, idOfRecord));
        }

        var created = Expression.MemberInit(Expression.New(constructor, arguments), bindings);
        return Expression.Lambda<Func<TableRecord, int[], T>>(created, record, ordinals).Compile();
    }

    // The constructor without parameters, or else the only one, whose parameters have the names of members.
    private static ConstructorInfo? ConstructorOf<T>(
        [DynamicallyAccessedMembers(Members)] Type type, IReadOnlyList<TypedField<T>> fields, PropertyInfo? id)
        where T : class
    {
        var constructors = type.GetConstructors();
        return Array.Find(constructors, item => item.GetParameters().Length == 0)
            ?? (constructors is [var only] && Array.TrueForAll(only.GetParameters(), IsKnown) ? only : null);

        bool IsKnown(ParameterInfo parameter) => parameter.HasDefaultValue
            || IsOf(parameter, id)
            || fields.Any(field => IsOf(parameter, field.Info));
    }

    private static Expression ArgumentOf<T>(
        ParameterInfo parameter, IReadOnlyList<TypedField<T>> fields, PropertyInfo? id, Expression record, Expression ordinals)
        where T : class
    {
        if (IsOf(parameter, id))
        {
            return IdOf(record);
        }

        foreach (var (index, field) in fields.Index())
        {
            if (IsOf(parameter, field.Info))
            {
                return field.ReadFrom(record, ordinals, index);
            }
        }

        return parameter.DefaultValue is null
            ? Expression.Default(parameter.ParameterType)
            : Expression.Constant(parameter.DefaultValue, parameter.ParameterType);
    }

    private static MemberExpression IdOf(Expression record)
    {
        Expression<Func<TableRecord, Guid>> read = item => item.Id;
        return Expression.Property(record, (PropertyInfo)((MemberExpression)read.Body).Member);
    }

    private static bool IsIn(ParameterInfo[] parameters, MemberInfo member) =>
        Array.Exists(parameters, parameter => IsOf(parameter, member));

    private static bool IsOf(ParameterInfo parameter, MemberInfo? member) => member is not null
        && string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase)
        && parameter.ParameterType == MemberAccess.TypeOf(member);
}
