namespace Dataverse.Sync.Testing;

/// <summary>The precision of the stamps of an in-memory system.</summary>
public enum StampResolution
{
    /// <summary>Whole seconds, rounded down, like <c>modifiedon</c> of Dataverse.</summary>
    WholeSecond,

    /// <summary>
    /// 1/300 s, rounded, which appears as milliseconds that end in 0, 3, or 7: the SQL <c>datetime</c> behind Business
    /// Central.
    /// </summary>
    ThreeHundredth,

    /// <summary>The full precision of the clock.</summary>
    Exact,
}
