using System.Text;

namespace Dataverse.Sync;

/// <summary>Collects the parts of a pattern. Characters that follow each other become one text.</summary>
internal sealed class PatternParts
{
    private readonly List<PatternPart> parts = [];
    private readonly StringBuilder text = new();

    /// <summary>Adds a wildcard. Of several that stand for any text in a row, one is kept.</summary>
    public void Add(PatternPart wildcard)
    {
        EndText();
        if (wildcard.Kind != PatternPartKind.AnyText || parts.Count == 0 || parts[^1].Kind != PatternPartKind.AnyText)
        {
            parts.Add(wildcard);
        }
    }

    /// <summary>Adds a character that stands for itself.</summary>
    public void Add(char character) => text.Append(character);

    /// <summary>Removes white space at the end of the text that was added last.</summary>
    public void TrimEnd()
    {
        while (text.Length > 0 && char.IsWhiteSpace(text[^1]))
        {
            text.Length--;
        }
    }

    /// <summary>Returns the parts; none for an empty text.</summary>
    public IReadOnlyList<PatternPart> ToList()
    {
        EndText();
        return [.. parts];
    }

    private void EndText()
    {
        if (text.Length > 0)
        {
            parts.Add(PatternPart.Literal(text.ToString()));
            _ = text.Clear();
        }
    }
}
