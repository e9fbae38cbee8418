using System.Text.RegularExpressions;

namespace Dataverse.Sync.Suggestions;

/// <summary>The name of a field in the forms in which it is compared.</summary>
internal sealed class FieldName
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private const int ShortestTableWord = 4;
    private const int ShortestRest = 2;
    private const double WithoutPrefix = 0.97;
    private const double WithoutTable = 0.94;

    // What the programming interface calls a field tells more than a caption: Business Central says "County" for a state.
    private const double Caption = 0.85;
    private const double Meaning = 0.95;

    // The prefix of a publisher, such as "new_" and "cr123_", and that of the first address. A second address is another one.
    private static readonly Regex Prefix = new("^(address1|(?!address[0-9])[a-z][a-z0-9]{1,7})_(?=.)", Options);

    // How stored filters of Business Central name a field by its number.
    private static readonly Regex Numbered = new("^Field[0-9]+$", Options);

    private readonly List<NameForm> forms = [];

    public FieldName(FieldSchema field, string table)
    {
        var name = Prefix.Replace(field.Name, string.Empty);
        Core = Plain(name);
        Add(Plain(field.Name), 1, SuggestionReason.SameName);
        Add(Core, WithoutPrefix, SuggestionReason.SameName);
        Add(WithoutTableWord(Core, Singular(Plain(Prefix.Replace(table, string.Empty)))), WithoutTable, SuggestionReason.SameName);
        foreach (var other in field.OtherNames.Where(other => !Numbered.IsMatch(other)))
        {
            Add(Plain(other), Caption, SuggestionReason.SameCaption);
        }

        foreach (var form in forms.ToArray())
        {
            if (Synonyms.MeaningOf(form.Key) is { } meaning)
            {
                Add(meaning, form.Weight * Meaning, SuggestionReason.Synonym);
            }
        }
    }

    /// <summary>The name without a prefix, in letters and digits of lower case.</summary>
    public string Core { get; }

    /// <summary>Returns how well two names agree, from 0 to 1, and why.</summary>
    public (double Score, SuggestionReason Reason) CompareWith(FieldName other)
    {
        var best = (Score: 0d, Reason: SuggestionReason.SimilarName);
        foreach (var form in forms)
        {
            foreach (var candidate in other.forms)
            {
                var score = form.Weight * candidate.Weight;
                if (form.Key == candidate.Key && score > best.Score)
                {
                    best = (score, form.Reason > candidate.Reason ? form.Reason : candidate.Reason);
                }
            }
        }

        return best.Score > 0 ? best : (Similarity.Of(Core, other.Core), SuggestionReason.SimilarName);
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    // "accountnumber" of table account is its number, and "currencyname" of table transactioncurrency its name.
    private static string WithoutTableWord(string name, string table)
    {
        for (var length = Math.Min(name.Length - ShortestRest, table.Length); length >= ShortestTableWord; length--)
        {
            if (table.EndsWith(name[..length], StringComparison.Ordinal))
            {
                return name[length..];
            }
        }

        return name;
    }

    private static string Singular(string table) =>
        table.EndsWith("ies", StringComparison.Ordinal) ? table[..^3] + "y"
        : table.EndsWith('s') ? table[..^1]
        : table;

    private void Add(string key, double weight, SuggestionReason reason)
    {
        if (key.Length > 0 && !forms.Exists(form => form.Key == key))
        {
            forms.Add(new(key, weight, reason));
        }
    }
}
