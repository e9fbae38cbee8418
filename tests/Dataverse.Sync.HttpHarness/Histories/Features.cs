namespace Dataverse.Sync.HttpHarness;

/// <summary>What histories contain. Everything is on; a search for the cause of a failure turns single parts off.</summary>
internal sealed record Features
{
    public static Features Default { get; } = new();

    /// <summary>Deadlocks, also reported as 409 or although the work was done.</summary>
    public bool Deadlocks { get; init; } = true;

    /// <summary>Requests that create rows with chosen ids and are executed twice.</summary>
    public bool DoubledCreations { get; init; } = true;

    /// <summary>Numbers with more decimals than the other side keeps.</summary>
    public bool FineNumbers { get; init; }

    /// <summary>Times with fractions of seconds that the other side does not keep.</summary>
    public bool FineInstants { get; init; }

    /// <summary>Texts with line ends.</summary>
    public bool RichTexts { get; init; }

    /// <summary>Texts that are longer than the other side allows.</summary>
    public bool LongTexts { get; init; }

    /// <summary>Records that exist on both sides before they are coupled, with different values.</summary>
    public bool Twins { get; init; }

    /// <summary>Older copies of the coupling file that are put back.</summary>
    public bool Restores { get; init; }

    /// <summary>Whether a run of named records must tell what became of them.</summary>
    public bool Answers { get; init; }

    /// <summary>Whether a mishap may happen to a request.</summary>
    public bool Allows(Mishap mishap, Letter letter) => mishap switch
    {
        // A handler that repeats creations in Business Central is documented as wrong: nobody can tell two records from
        // one that was sent twice.
        Mishap.DoubledFirst or Mishap.DoubledLast => !letter.CreatesInBusinessCentral && DoubledCreations,
        Mishap.Deadlock or Mishap.DeadlockAfter => Deadlocks,

        // The last moment before a request leaves is out of the connector's sight; it refuses late requests before it.
        Mishap.SuspendedBefore => !letter.CreatesInBusinessCentral,
        _ => true,
    };
}
