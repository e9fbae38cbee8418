namespace Dataverse.Sync;

/// <summary>A place in a filter text.</summary>
internal sealed class FilterCursor(string text)
{
    private int depth;

    public string Text => text;

    /// <summary>The index of the next character.</summary>
    public int Index { get; set; }

    public bool IsAtEnd => Index >= text.Length;

    /// <summary>The next character, or a null character at the end.</summary>
    public char Next => IsAtEnd ? '\0' : text[Index];

    public void SkipWhiteSpace()
    {
        while (!IsAtEnd && char.IsWhiteSpace(text[Index]))
        {
            Index++;
        }
    }

    /// <summary>Whether a text follows, in any letter case.</summary>
    public bool IsAt(string expected) =>
        string.Compare(text, Index, expected, 0, expected.Length, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Takes a text if it follows.</summary>
    public bool TryTake(string expected)
    {
        if (!IsAt(expected))
        {
            return false;
        }

        Index += expected.Length;
        return true;
    }

    /// <summary>
    /// Takes a word and the parenthesis after it if both follow, with or without white space between them.
    /// </summary>
    public bool TryTakeOpening(string word)
    {
        if (!IsAt(word))
        {
            return false;
        }

        var place = Index + word.Length;
        while (place < text.Length && char.IsWhiteSpace(text[place]))
        {
            place++;
        }

        if (place >= text.Length || text[place] != '(')
        {
            return false;
        }

        Index = place + 1;
        return true;
    }

    /// <exception cref="FilterFormatException">Another character follows.</exception>
    public void Take(char expected, string problem)
    {
        SkipWhiteSpace();
        if (IsAtEnd || text[Index] != expected)
        {
            throw Problem(problem);
        }

        Index++;
    }

    /// <summary>Begins something that may contain its like.</summary>
    /// <exception cref="FilterFormatException">Too many of its kind are within each other.</exception>
    public void Enter()
    {
        if (++depth > FilterLimits.Depth)
        {
            throw Problem($"more than {FilterLimits.Depth} parentheses are within each other.");
        }
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    public void Leave() => depth--;

    /// <summary>Returns an error at the next character.</summary>
    public FilterFormatException Problem(string problem) => ProblemAt(Index, problem);

    /// <summary>Returns an error at a character.</summary>
    public static FilterFormatException ProblemAt(int index, string problem) => new(problem, index + 1);
}
