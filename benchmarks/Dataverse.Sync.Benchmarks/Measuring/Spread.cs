namespace Dataverse.Sync.Benchmarks.Measuring;

/// <summary>How numbers of repeated rounds lie: their median, and how far they reach.</summary>
internal sealed record Spread(double Median, double Smallest, double Greatest)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new(sorted[sorted.Length / 2], sorted[0], sorted[^1]);
    }

    /// <summary>The numbers divided by a count.</summary>
    public Spread Per(double count) => new(Median / count, Smallest / count, Greatest / count);

    /// <summary>The numbers with a unit, such as "410 ns (402 to 455)".</summary>
    public string In(string unit) => FormattableString.Invariant($"{Median:0.#} {unit} ({Smallest:0.#} to {Greatest:0.#})");
}
