using System.Globalization;

namespace Cluster;

/// <summary>Prints lines with the time since the start. Safe for use from several threads.</summary>
internal sealed class Screen(TextWriter output, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();
    private readonly Lock gate = new();

    public void Show(string line)
    {
        lock (gate)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(start).TotalSeconds,5:0.0} s  {line}"));
        }
    }
}
