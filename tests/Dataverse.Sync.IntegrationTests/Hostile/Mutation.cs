using CsCheck;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>One way to change an answer, chosen by a generator.</summary>
/// <param name="Name">What is done, for the report of a failure.</param>
/// <param name="Apply">Changes the answer; the numbers pick the place and the manner.</param>
internal sealed record MutationKind(string Name, Func<WireAnswer, uint, uint, WireAnswer> Apply);

/// <summary>A change of one answer.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="At">Which answer is changed, counted modulo the number of answers that a call gets.</param>
/// <param name="Place">Picks the place.</param>
/// <param name="Manner">Picks the manner.</param>
internal sealed record Mutation(MutationKind Kind, int At, uint Place, uint Manner)
{
    /// <summary>Changes that a reader must notice, or that do no harm: what they leave is never another sound answer.</summary>
    public static Gen<Mutation> Noticeable { get; } = Of(Mutations.Noticeable);

    /// <summary>Changes of every kind; what they leave may be a sound answer with other contents, which nobody could notice.</summary>
    public static Gen<Mutation> Any { get; } = Of([.. Mutations.Noticeable, .. Mutations.Deceiving]);

    public WireAnswer Apply(WireAnswer answer) => Kind.Apply(answer, Place, Manner);

    public override string ToString() => $"{Kind.Name} at answer {At}, place {Place}, manner {Manner}";

    private static Gen<Mutation> Of(IReadOnlyList<MutationKind> kinds) => Gen.Select(
        Gen.Int[0, kinds.Count - 1], Gen.Int[0, 5], Gen.UInt, Gen.UInt, (kind, at, place, manner) => new Mutation(kinds[kind], at, place, manner));
}
