namespace Dataverse.Sync.Testing;

/// <summary>The precision of the stamps that a system gives to changes.</summary>
public enum StampResolution
{
    /// <summary>Whole seconds, cut off, as Dataverse's <c>modifiedon</c>.</summary>
    WholeSecond,

    /// <summary>
    /// 1/300 s, rounded, seen as milliseconds that end in 0, 3, or 7: the SQL <c>datetime</c> behind Business Central.
    /// </summary>
    ThreeHundredth,

    /// <summary>The clock's own precision.</summary>
    Exact,
}
