using System.Globalization;

namespace Dataverse.Sync.Execution;

/// <summary>The columns of a file of decisions, and the form of their cells.</summary>
internal static class DecisionColumns
{
    public const string Decision = "decision";
    public const string Side = "side";
    public const string Record = "record";
    public const string RecordVersion = "record_version";
    public const string CandidateSide = "candidate_side";
    public const string Candidate = "candidate";
    public const string CandidateVersion = "candidate_version";

    /// <summary>The columns of every file, in their order. Columns of values follow.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Decision, Side, Record, RecordVersion, CandidateSide, Candidate, CandidateVersion, "candidate_coupled", "code",
        "first_failed_on",
    ];

    /// <summary>The columns without which a file cannot be imported.</summary>
    public static IReadOnlyList<string> Required { get; } =
        [Decision, Side, Record, RecordVersion, CandidateSide, Candidate, CandidateVersion];

    public static string Of(SyncSide side) => side.Word();

    public static SyncSide? SideOf(string cell) => Trim(cell) switch
    {
        var word when word.Equals("local", StringComparison.OrdinalIgnoreCase) => SyncSide.Local,
        var word when word.Equals("integration", StringComparison.OrdinalIgnoreCase) => SyncSide.Integration,
        _ => null,
    };

    /// <summary>
    /// The cell of a version. A letter comes first, because a spreadsheet would round a number of so many digits.
    /// </summary>
    public static string Of(ulong version) => "v" + version.ToString("x16", CultureInfo.InvariantCulture);

    public static ulong? VersionOf(string cell) =>
        Trim(cell) is ['v' or 'V', .. var digits]
        && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;

    public static Guid? IdOf(string cell) => Guid.TryParse(Trim(cell), CultureInfo.InvariantCulture, out var id) ? id : null;

    public static DoubtDecision? DecisionOf(string cell) => Trim(cell).ToUpperInvariant() switch
    {
        "COUPLE" => DoubtDecision.Couple,
        "CREATE" => DoubtDecision.Create,
        "IGNORE" => DoubtDecision.Ignore,
        _ => null,
    };

    private static string Trim(string cell) => cell.Trim().TrimStart('\'').Trim();
}
