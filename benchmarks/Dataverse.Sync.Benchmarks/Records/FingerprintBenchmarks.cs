using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;

namespace Dataverse.Sync.Benchmarks.Records;

/// <summary>What does the digest of one value cost, beside a cryptographic one?</summary>
[MemoryDiagnoser]
public class FingerprintBenchmarks
{
    private readonly FieldValue text = FieldValue.Text("705 West Peachtree Street, Atlanta, Georgia");
    private readonly FieldValue amount = FieldValue.Decimal(20000.0000m);

    [Benchmark(Baseline = true)]
    public byte[] Sha256OfText() => SHA256.HashData(Encoding.Unicode.GetBytes(text.AsText()));

    [Benchmark]
    public ulong Text() => Fingerprint.Of(text);

    [Benchmark]
    public ulong Amount() => Fingerprint.Of(amount);
}
