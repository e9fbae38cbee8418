using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing;

/// <summary>
/// A write whose stamp is taken and whose commit is still to come; from <see cref="BusinessCentralTable.BeginInsert"/>.
/// </summary>
public sealed class BusinessCentralLateWrite
{
    private Func<JsonObject>? write;

    internal BusinessCentralLateWrite(Func<JsonObject> write) => this.write = write;

    /// <summary>Makes the write visible.</summary>
    /// <returns>The row as stored, with the stamp taken at the beginning.</returns>
    /// <exception cref="BusinessCentralException">Business Central refuses the write.</exception>
    /// <exception cref="InvalidOperationException">It was committed before.</exception>
    public JsonObject Commit()
    {
        var once = Interlocked.Exchange(ref write, null)
            ?? throw new InvalidOperationException("The write was committed before.");
        return once();
    }
}
