namespace Dataverse.Sync;

/// <summary>Specifies how a field is compared with a value.</summary>
/// <remarks>
/// Texts are compared without regard to letter case, as both clouds do. A field whose kind of value cannot be compared
/// with the given value is not equal to it and has no order. A blank field is equal to a blank only and has no order.
/// </remarks>
public enum ComparisonOperator
{
    /// <summary>The field equals the value. A blank equals a blank.</summary>
    Equal,

    /// <summary>The field does not equal the value.</summary>
    NotEqual,

    /// <summary>The field is less than the value.</summary>
    Less,

    /// <summary>The field is less than or equal to the value.</summary>
    LessOrEqual,

    /// <summary>The field is greater than the value.</summary>
    Greater,

    /// <summary>The field is greater than or equal to the value.</summary>
    GreaterOrEqual,

    /// <summary>The field, as text, starts with the value.</summary>
    StartsWith,

    /// <summary>The field, as text, contains the value.</summary>
    Contains,
}
