using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing;

/// <summary>
/// A write that has its stamp but is not committed yet; see <see cref="BusinessCentralTable.BeginInsert"/>. Safe for
/// concurrent use.
/// </summary>
public sealed class BusinessCentralLateWrite
{
    private Func<JsonObject>? write;

    internal BusinessCentralLateWrite(Func<JsonObject> write) => this.write = write;

    /// <summary>Commits the write.</summary>
    /// <returns>The row as stored, with the stamp from the beginning of the transaction.</returns>
    /// <exception cref="BusinessCentralException">Business Central refuses the write.</exception>
    /// <exception cref="InvalidOperationException">The write was committed before.</exception>
    public JsonObject Commit()
    {
        var once = Interlocked.Exchange(ref write, null)
            ?? throw new InvalidOperationException("The write was committed before.");
        return once();
    }
}
