using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dataverse.Sync.Benchmarks.Processes;

/// <summary>What a process that ran a first full run tells of it.</summary>
/// <param name="Records">The customers.</param>
/// <param name="Milliseconds">The time of the run.</param>
/// <param name="PeakMegabytes">The process's greatest resident memory.</param>
/// <param name="HeapMegabytes">What the managed heap still holds after the run and a collection.</param>
/// <param name="StoreMegabytes">The size of the coupling file.</param>
internal sealed record LargeRunResult(int Records, double Milliseconds, double PeakMegabytes, double HeapMegabytes, double StoreMegabytes)
{
    [JsonIgnore]
    public double MicrosecondsPerRecord => Milliseconds * 1_000 / Records;

    public string ToJson() => JsonSerializer.Serialize(this);

    public static LargeRunResult Parse(string json) => JsonSerializer.Deserialize<LargeRunResult>(json)!;
}
