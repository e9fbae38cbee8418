using System.Text.Json;

namespace Dataverse.Sync.Benchmarks.Processes;

/// <summary>What a client cost.</summary>
/// <param name="Bytes">The bytes that it allocated.</param>
/// <param name="CollectionMilliseconds">The time for which garbage collections stopped it.</param>
internal sealed record ClientRunResult(double Bytes, double CollectionMilliseconds)
{
    public static ClientRunResult Parse(string json) => JsonSerializer.Deserialize<ClientRunResult>(json)!;

    public string ToJson() => JsonSerializer.Serialize(this);
}
