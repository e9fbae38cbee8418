namespace Dataverse.Sync;

/// <summary>How a field is compared with a value.</summary>
public enum ComparisonOperator
{
    /// <summary>The same; a blank equals a blank. Texts are compared without regard to letter case, as both clouds do.</summary>
    Equal,

    /// <summary>Not the same.</summary>
    NotEqual,

    /// <summary>Less; a blank is less than nothing and fails.</summary>
    Less,

    /// <summary>Less or the same.</summary>
    LessOrEqual,

    /// <summary>Greater.</summary>
    Greater,

    /// <summary>Greater or the same.</summary>
    GreaterOrEqual,

    /// <summary>The text begins so, without regard to letter case.</summary>
    StartsWith,

    /// <summary>The text contains it, without regard to letter case.</summary>
    Contains,
}
