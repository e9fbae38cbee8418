using System.Collections.Immutable;

namespace Dataverse.Sync;

/// <summary>One value for each of the two sides.</summary>
/// <param name="Local">The value of the local side.</param>
/// <param name="Integration">The value of the integration side.</param>
internal readonly record struct Sides<T>(T Local, T Integration)
{
    /// <summary>The value of a side.</summary>
    public T this[SyncSide side] => side == SyncSide.Local ? Local : Integration;

    /// <summary>The same values, with another one for a side.</summary>
    public Sides<T> With(SyncSide side, T value) =>
        side == SyncSide.Local ? this with { Local = value } : this with { Integration = value };
}

/// <summary>Creates <see cref="Sides{T}"/> and lists the two sides.</summary>
internal static class Sides
{
    /// <summary>The local side, then the integration side.</summary>
    public static ImmutableArray<SyncSide> Both { get; } = [SyncSide.Local, SyncSide.Integration];

    /// <summary>Computes a value for each side.</summary>
    public static Sides<T> Of<T>(Func<SyncSide, T> valueOf) =>
        new(valueOf(SyncSide.Local), valueOf(SyncSide.Integration));

    /// <summary>Gives one value to one side and another to its opposite.</summary>
    public static Sides<T> From<T>(SyncSide side, T value, T opposite) =>
        side == SyncSide.Local ? new(value, opposite) : new(opposite, value);
}
