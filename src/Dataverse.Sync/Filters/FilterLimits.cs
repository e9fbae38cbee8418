namespace Dataverse.Sync;

/// <summary>What a filter text may contain at most, since it may come from anybody.</summary>
internal static class FilterLimits
{
    /// <summary>Characters. A list of 1,600 ids fits.</summary>
    public const int Length = 65_536;

    /// <summary>Parentheses, groups, and negations within each other.</summary>
    public const int Depth = 100;
}
