namespace Dataverse.Sync;

/// <summary>A filter text that cannot be read. The message says what is wrong, and where.</summary>
public sealed class FilterFormatException : FormatException
{
    internal FilterFormatException(string problem, int position)
        : base($"The filter cannot be read at position {position}: {problem}")
    {
        Problem = problem;
        Position = position;
    }

    /// <summary>What is wrong, in one sentence.</summary>
    public string Problem { get; }

    /// <summary>
    /// The position of the character where reading stopped. The first character has the position 1, and the end of the
    /// text the position after the last character.
    /// </summary>
    public int Position { get; }
}
