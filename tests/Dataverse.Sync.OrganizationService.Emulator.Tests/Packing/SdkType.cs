using System.Text.RegularExpressions;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>One type of the SDK.</summary>
internal sealed partial class SdkType(string name, string kind, string bases)
{
    private readonly HashSet<string> members = new(StringComparer.Ordinal);

    public string Name => name;

    /// <summary>For example <c>sealed class</c>, <c>interface</c>.</summary>
    public string Kind => kind;

    /// <summary>The base type and the interfaces that are worth a mention.</summary>
    public string Bases => bases;

    /// <summary>The members in the form of <see cref="SdkSignature"/>; for an enumeration <c>name=value</c>.</summary>
    public IReadOnlySet<string> Members => members;

    public void Add(string line)
    {
        if (kind == "enum")
        {
            members.UnionWith(line.Split(", "));
            return;
        }

        if (Property().Match(line) is { Success: true } property)
        {
            var (type, member, parameter) =
                (property.Groups["type"].Value, property.Groups["name"].Value, property.Groups["parameter"].Value);
            members.Add($"{type} get_{member}({parameter})");
            if (property.Groups["set"].Success)
            {
                members.Add($"void set_{member}({parameter}{(parameter.Length > 0 ? "," : "")}{type})");
            }

            return;
        }

        members.Add(Call().Replace(line, match => $"({ParametersOf(match.Groups["list"].Value)})"));
    }

    // "Dictionary<string, int> a, T& b = null" gives "Dictionary<string, int>,T&".
    private static string ParametersOf(string list) => string.Join(
        ',', Parameter().Matches(list).Select(match => match.Groups["type"].Value));

    [GeneratedRegex(@"^(?<type>.+) (?<name>\w+)(\[(?<parameter>\w+)\])? \{ get; (?<set>set; )?\}$", RegexOptions.CultureInvariant)]
    private static partial Regex Property();

    [GeneratedRegex(@"\((?<list>.*)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Call();

    [GeneratedRegex(@"(?<type>[\w.]+(<[^>]*(<[^>]*>[^>]*)*>)?(\[\]|&)?) \w+( = \w+)?(, |$)", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}
