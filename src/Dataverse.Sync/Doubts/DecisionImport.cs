namespace Dataverse.Sync;

/// <summary>The result of <see cref="SyncDoubts.ImportAsync"/>.</summary>
public sealed record DecisionImport
{
    /// <summary>The result of each row that contains a decision, in the order of the rows.</summary>
    public required IReadOnlyList<ImportedDecision> Decisions { get; init; }

    /// <summary>The number of rows without a decision, which were passed over.</summary>
    public required long RowsWithoutDecision { get; init; }

    /// <summary>The number of decisions that were carried out.</summary>
    public int CarriedOut => Decisions.Count(decision => decision.IsCarriedOut);

    /// <summary>The number of decisions that were not carried out.</summary>
    public int Refused => Decisions.Count - CarriedOut;
}
