namespace Dataverse.Sync;

/// <summary>Specifies what an <see cref="ExtractFromDateRule"/> takes from a date.</summary>
public enum DatePart
{
    /// <summary>The day of the month, 1 to 31.</summary>
    Day,

    /// <summary>The month, 1 to 12.</summary>
    Month,

    /// <summary>The year, such as 2026.</summary>
    Year,
}
