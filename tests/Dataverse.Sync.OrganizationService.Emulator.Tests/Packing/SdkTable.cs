using System.Text.RegularExpressions;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>The checked-in table of the SDK's signatures.</summary>
internal sealed partial class SdkTable
{
    private readonly Dictionary<string, SdkType> types = new(StringComparer.Ordinal);

    private SdkTable(IEnumerable<string> lines)
    {
        SdkType? current = null;
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (Header().Match(line) is { Success: true } header)
            {
                current = new SdkType(header.Groups["name"].Value, header.Groups["kind"].Value, header.Groups["base"].Value);
                types.Add(current.Name, current);
            }
            else
            {
                current!.Add(line.Trim());
            }
        }
    }

    /// <summary>The types by their full names, with a backtick before the number of type parameters.</summary>
    public IReadOnlyDictionary<string, SdkType> Types => types;

    public static SdkTable Load() => new(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Packing", "SdkSignatures.txt")));

    /// <summary>Whether a type without members of its own in the table is the type of a member.</summary>
    public bool Mentions(string type) => types.Values.SelectMany(known => known.Members).Any(
        member => Regex.IsMatch(member, $@"\b{Regex.Escape(type)}\b", RegexOptions.CultureInvariant));

    [GeneratedRegex(@"^(?<name>Microsoft\.[\w.`]+) : (?<kind>[a-z ]+?)( \((?<base>.*)\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
