namespace Dataverse.Sync;

/// <summary>A position in one table's changes, made and understood by the connector only.</summary>
public sealed record Checkpoint
{
    /// <summary>The greatest length of a position: 16,384 characters.</summary>
    public const int MaximumLength = 16_384;

    /// <summary>Makes a checkpoint.</summary>
    /// <exception cref="ArgumentException">The position is empty or longer than <see cref="MaximumLength"/>.</exception>
    public Checkpoint(string position)
    {
        ArgumentException.ThrowIfNullOrEmpty(position);
        if (position.Length > MaximumLength)
        {
            throw new ArgumentException($"A checkpoint has at most {MaximumLength} characters.", nameof(position));
        }

        Position = position;
    }

    /// <summary>The position: a delta token, or a watermark.</summary>
    public string Position { get; }
}
