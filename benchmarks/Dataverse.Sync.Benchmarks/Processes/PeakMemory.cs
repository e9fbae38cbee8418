using System.Diagnostics;
using System.Globalization;

namespace Dataverse.Sync.Benchmarks.Processes;

/// <summary>The greatest resident memory that this process ever had.</summary>
internal static class PeakMemory
{
    private const string LinuxStatus = "/proc/self/status";
    private const string LinuxPeak = "VmHWM:";
    private const double KilobytesPerMegabyte = 1024;
    private const double BytesPerMegabyte = 1024 * 1024;

    /// <summary>Megabytes of 1,048,576 bytes.</summary>
    public static double Megabytes()
    {
        if (File.Exists(LinuxStatus) && File.ReadLines(LinuxStatus).FirstOrDefault(line => line.StartsWith(LinuxPeak, StringComparison.Ordinal)) is { } line)
        {
            var kilobytes = line.AsSpan(LinuxPeak.Length).Trim().TrimEnd("kB").Trim();
            return double.Parse(kilobytes, CultureInfo.InvariantCulture) / KilobytesPerMegabyte;
        }

        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / BytesPerMegabyte;
    }
}
