using Mono.Cecil;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>Writes references to members as the table does: short names, and the words of C# for common types.</summary>
internal static class SdkSignature
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["Void"] = "void",
        ["String"] = "string",
        ["Object"] = "object",
        ["Boolean"] = "bool",
        ["Int32"] = "int",
        ["Int64"] = "long",
        ["Decimal"] = "decimal",
    };

    /// <summary>A method, for example <c>void Add(TKey,TValue)</c>.</summary>
    public static string Of(MethodReference method)
    {
        var parameters = string.Join(',', method.Parameters.Select(parameter => NameOf(parameter.ParameterType, method)));
        if (method.Name == ".ctor")
        {
            return $"new({parameters})";
        }

        var generic = method is GenericInstanceMethod or { HasGenericParameters: true } ? "<T>" : "";
        var word = method.HasThis ? "" : "static ";
        return $"{word}{NameOf(method.ReturnType, method)} {method.Name}{generic}({parameters})";
    }

    private static string NameOf(TypeReference type, MethodReference method) => type switch
    {
        ArrayType array => NameOf(array.ElementType, method) + "[]",
        ByReferenceType reference => NameOf(reference.ElementType, method) + "&",
        RequiredModifierType modified => NameOf(modified.ElementType, method),
        OptionalModifierType modified => NameOf(modified.ElementType, method),
        GenericParameter parameter => ParameterName(parameter, method),
        GenericInstanceType generic =>
            $"{generic.Name.Split('`')[0]}<{string.Join(", ", generic.GenericArguments.Select(one => NameOf(one, method)))}>",
        _ => Words.GetValueOrDefault(type.Name, type.Name),
    };

    private static string ParameterName(GenericParameter parameter, MethodReference method) =>
        parameter.Type == GenericParameterType.Method || method.DeclaringType.Name.EndsWith("`1", StringComparison.Ordinal)
            ? "T"
            : parameter.Position == 0 ? "TKey" : "TValue";
}
