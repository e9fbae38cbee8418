namespace Dataverse.Sync.KillTests;

/// <summary>A property of Business Central and the Dataverse column that must say the same.</summary>
internal sealed record FieldPair(string Local, string Integration)
{
    /// <summary>The currency's code; the snapshot puts it in the place of a reference.</summary>
    public static FieldPair Currency { get; } = new("currencyCode", "transactioncurrencyid") { ConflictKey = "currencyId>transactioncurrencyid" };

    /// <summary>The name of a contact's company; the snapshot puts it in the place of a reference.</summary>
    public static FieldPair Parent { get; } = new("companyName", "parentcustomerid") { ConflictKey = "companyNumber>parentcustomerid" };

    /// <summary>The key under which a recorded conflict names the field.</summary>
    public string ConflictKey { get; init; } = $"{Local}>{Integration}";

    public bool IsReference => this == Currency || this == Parent;
}
