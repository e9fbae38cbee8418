namespace Dataverse.Sync.Execution;

/// <summary>A record together with its partner, or alone when a partner is to be created.</summary>
internal sealed record Pair
{
    /// <summary>The side whose record started the way.</summary>
    public required SyncSide Source { get; init; }

    /// <summary>The records of both sides; the one opposite to the source is null while it is to be created.</summary>
    public required Sides<TableRecord?> Records { get; init; }

    /// <summary>The coupling, stored or about to be; null for a record without a partner.</summary>
    public Coupling? Coupling { get; init; }

    /// <summary>What was last synchronized; moves on when one of two writes was done and the other must be planned again.</summary>
    public SynchronizedBase? Base { get; init; }

    /// <summary>Whether this run found the partner, so that the pair counts as coupled.</summary>
    public bool IsNewlyCoupled { get; init; }

    /// <summary>The intent of the uncertain insert that created the source record; null for every other record.</summary>
    public Intent? Adopts { get; init; }

    /// <summary>The coupling whose other record was deleted and is created again; null for every other pair.</summary>
    public Coupling? Restores { get; init; }

    /// <summary>What earlier rounds did with the pair.</summary>
    public PairHistory History { get; init; } = PairHistory.None;

    public TableRecord SourceRecord => Records[Source]!;

    public RecordKey Key => new(Source, SourceRecord.Id);

    public PairState State => new(Base, Records.Local, Records.Integration);

    public TableRecord? On(SyncSide side) => Records[side];

    /// <summary>The id of a side's record; null for one that is to be created.</summary>
    public Guid? IdOn(SyncSide side) => Coupling?.IdOf(side) ?? Records[side]?.Id;
}
