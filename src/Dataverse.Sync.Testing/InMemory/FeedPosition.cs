using System.Globalization;

namespace Dataverse.Sync.Testing;

/// <summary>
/// The content of a checkpoint of an in-memory table: how many times the checkpoints were expired, and a number.
/// </summary>
/// <param name="Epoch">How many times the checkpoints of the table had been expired when it was issued.</param>
/// <param name="Number">The number of the last change read, or the ticks of the newest stamp read.</param>
internal readonly record struct FeedPosition(int Epoch, long Number)
{
    public Checkpoint ToCheckpoint(string table) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Epoch}:{Number}:{table}"));

    /// <summary>Reads a checkpoint; null when it is not one of the table's.</summary>
    public static FeedPosition? Parse(Checkpoint checkpoint, string table)
    {
        var parts = checkpoint.Position.Split(':', 3);
        return parts.Length == 3
            && parts[2] == table
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new FeedPosition(epoch, number)
            : null;
    }
}
