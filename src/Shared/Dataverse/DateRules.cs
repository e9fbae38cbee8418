namespace Dataverse.Sync.Shared;

/// <summary>The dates that Dataverse can store.</summary>
internal static class DateRules
{
    /// <summary>The first instant.</summary>
    public static readonly DateTimeOffset EarliestInstant = new(1753, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The smallest difference between two instants: the service keeps whole seconds.</summary>
    public static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    /// <summary>The smallest difference between two values of a type; null if the type has no time.</summary>
    public static TimeSpan? ResolutionOf(FieldType type) => type switch
    {
        FieldType.DateTime => Resolution,
        FieldType.Duration => TimeSpan.FromMinutes(1),
        _ => null,
    };

    private static readonly DateOnly EarliestDate = new(1753, 1, 1);

    /// <summary>Why a value cannot be stored, as a sentence; null when it can.</summary>
    public static string? Problem(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Date when value.AsDate() < EarliestDate => "The date is before 1753.",
        FieldValueKind.DateTime when value.AsDateTime() < EarliestInstant => "The instant is before 1753.",
        _ => null,
    };
}
