namespace Dataverse.Sync.Execution;

/// <summary>A record with its partner, or alone if the partner is to be created.</summary>
internal sealed record Pair
{
    /// <summary>The side from which the record was read.</summary>
    public required SyncSide Source { get; init; }

    /// <summary>The records of both sides. The record opposite the source is null while it is to be created.</summary>
    public required Sides<TableRecord?> Records { get; init; }

    /// <summary>The coupling, stored or about to be stored, or null for a record without a partner.</summary>
    public Coupling? Coupling { get; init; }

    /// <summary>
    /// What was last synchronized. It advances if one of two writes was applied and the other must be planned again.
    /// </summary>
    public SynchronizedBase? Base { get; init; }

    /// <summary>How the partner was found in this run, or null if the pair was coupled before.</summary>
    public MatchOrigin? FoundBy { get; init; }

    /// <summary>Whether this run found the partner, so that the pair counts as coupled.</summary>
    public bool IsNewlyCoupled => FoundBy is not null;

    /// <summary>
    /// The intent of the uncertain insert that created the source record, or null for any other record.
    /// </summary>
    public Intent? Adopts { get; init; }

    /// <summary>The coupling whose deleted record is created again, or null for any other pair.</summary>
    public Coupling? Restores { get; init; }

    /// <summary>The results of earlier rounds.</summary>
    public PairHistory History { get; init; } = PairHistory.None;

    public TableRecord SourceRecord => Records[Source]!;

    public RecordKey Key => new(Source, SourceRecord.Id);

    public PairState State => new(Base, Records.Local, Records.Integration)
    {
        IsUnconfirmed = Coupling is { } known ? new(known.LocalVersion == 0, known.IntegrationVersion == 0) : default,
    };

    public TableRecord? On(SyncSide side) => Records[side];

    /// <summary>Returns the id of the record on a side, or null if it is to be created.</summary>
    public Guid? IdOn(SyncSide side) => Coupling?.IdOf(side) ?? Records[side]?.Id;
}
