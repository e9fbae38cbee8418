using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The call of a function in a URL, with its parameters as they are written: <c>Name(Parameter=value,Other=@alias)</c>.
/// </summary>
internal sealed partial class FunctionCall
{
    private readonly IReadOnlyDictionary<string, string> options;
    private readonly Dictionary<string, string> parameters;
    private readonly string segment;

    private FunctionCall(
        string segment, string name, Dictionary<string, string> parameters, IReadOnlyDictionary<string, string> options) =>
        (this.segment, Name, this.parameters, this.options) = (segment, name, parameters, options);

    public string Name { get; }

    /// <summary>The call in a resource; <see langword="null"/> if the resource has another form.</summary>
    public static FunctionCall? Of(ApiRequest request)
    {
        var segment = Uri.UnescapeDataString(request.Resource);
        var form = Form().Match(segment);
        if (!form.Success)
        {
            return null;
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in Split(form.Groups["parameters"].Value))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at < 0 || !parameters.TryAdd(part[..at].Trim(), part[(at + 1)..].Trim()))
            {
                return null;
            }
        }

        return new FunctionCall(segment, form.Groups["name"].Value, parameters, request.Options);
    }

    /// <exception cref="DataverseErrorException">
    /// The function is called with other parameters: the service knows no such segment.
    /// </exception>
    public void CheckParameters(params ReadOnlySpan<string> names)
    {
        if (parameters.Count != names.Length)
        {
            throw DataverseErrors.UnknownSegment(segment);
        }

        foreach (var name in names)
        {
            if (!parameters.ContainsKey(name))
            {
                throw DataverseErrors.UnknownSegment(segment);
            }
        }
    }

    /// <summary>A member of an enumeration, written as text or with the name of its type.</summary>
    /// <exception cref="DataverseErrorException">The value is no member.</exception>
    public string Member(string parameter, string type, params ReadOnlySpan<string> members)
    {
        var value = ValueOf(parameter);
        var prefix = $"{DataverseSchema.Namespace}.{type}";
        var text = value.StartsWith(prefix, StringComparison.Ordinal) ? value[prefix.Length..] : value;
        return text is ['\'', .. var member, '\''] && members.Contains(member)
            ? member
            : throw DataverseErrors.BadQuery($"The value of '{parameter}' is no member of '{prefix}'.");
    }

    /// <summary>A collection of texts, written as JSON; single quotes are accepted as in the service's own examples.</summary>
    /// <exception cref="DataverseErrorException">The value is no such collection.</exception>
    public string[] Texts(string parameter)
    {
        var value = ValueOf(parameter);
        return TextList().IsMatch(value)
            ? [.. Text().Matches(value).Select(text => text.Value[1..^1])]
            : throw DataverseErrors.BadQuery($"The value of '{parameter}' is no collection of 'Edm.String'.");
    }

    // An alias without a value is null, which none of the functions takes.
    private string ValueOf(string parameter) => parameters[parameter] is ['@', ..] alias
        ? options.TryGetValue(alias, out var value)
            ? value.Trim()
            : throw DataverseErrors.BadQuery($"The value of '{parameter}' cannot be null.")
        : parameters[parameter];

    private static IEnumerable<string> Split(string parameters)
    {
        var (start, depth, quote) = (0, 0, '\0');
        for (var i = 0; i < parameters.Length; i++)
        {
            var character = parameters[i];
            if (quote != '\0')
            {
                quote = character == quote ? '\0' : quote;
            }
            else if (character is '\'' or '"')
            {
                quote = character;
            }
            else if (character is '[' or ']')
            {
                depth += character == '[' ? 1 : -1;
            }
            else if (character == ',' && depth == 0)
            {
                yield return parameters[start..i];
                start = i + 1;
            }
        }

        if (parameters.Length > start)
        {
            yield return parameters[start..];
        }
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z_][A-Za-z0-9_]*)(\((?<parameters>.*)\))?$", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""^\[\s*(("[^"]*"|'[^']*')(\s*,\s*("[^"]*"|'[^']*'))*)?\s*\]$""")]
    private static partial Regex TextList();

    [GeneratedRegex("""("[^"]*"|'[^']*')""")]
    private static partial Regex Text();
}
