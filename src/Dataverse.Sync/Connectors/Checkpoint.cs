namespace Dataverse.Sync;

/// <summary>A position in the changes of one table. Only the connector that created it can interpret it.</summary>
public sealed record Checkpoint
{
    /// <summary>The maximum length of a position, in characters.</summary>
    public const int MaximumLength = 16_384;

    /// <summary>Initializes a new instance of the <see cref="Checkpoint"/> class.</summary>
    /// <param name="position">The position; from 1 to <see cref="MaximumLength"/> characters.</param>
    /// <exception cref="ArgumentException">The position is null, empty, or too long.</exception>
    public Checkpoint(string position)
    {
        ArgumentException.ThrowIfNullOrEmpty(position);
        if (position.Length > MaximumLength)
        {
            throw new ArgumentException(
                $"The position of a checkpoint can have at most {MaximumLength} characters.", nameof(position));
        }

        Position = position;
    }

    /// <summary>The position, such as a delta token or a time stamp.</summary>
    public string Position { get; }
}
