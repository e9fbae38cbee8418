using static Dataverse.Sync.Testing.DataverseColumn;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The columns that account and contact share.</summary>
internal static class CustomerColumns
{
    public static IEnumerable<DataverseColumn> All { get; } =
    [
        Text("emailaddress1", 100),
        Text("emailaddress2", 100),
        Text("emailaddress3", 100),
        Text("telephone1", 50),
        Text("telephone2", 50),
        Text("telephone3", 50),
        Text("fax", 50),
        Text("websiteurl", 200),
        Text("ftpsiteurl", 200),
        Memo("description"),
        Amount("creditlimit"),
        Boolean("creditonhold"),
        Boolean("donotphone"),
        Boolean("donotemail"),
        Boolean("donotfax"),
        Boolean("donotpostalmail"),
        Boolean("donotbulkemail"),
        Boolean("donotbulkpostalmail"),
        Boolean("donotsendmm"),
        Boolean("followemail", true),
        Boolean("participatesinworkflow"),
        Boolean("merged") with { Access = DataverseColumnAccess.ReadOnly },
        Choice("preferredcontactmethodcode", "Any", "Email", "Phone", "Fax", "Mail") with { Default = 1 },
        Choice("paymenttermscode", "Net 30", "2% 10, Net 30", "Net 45", "Net 60"),
        OnlyDefault("shippingmethodcode"),
        OnlyDefault("customersizecode"),
        OnlyDefault("territorycode"),
        Lookup("preferredsystemuserid", "systemuser") with
        {
            Targets = [new("systemuser", "preferredsystemuserid") { OnDelete = DataverseDeleteBehavior.None }],
        },
    ];

    /// <summary>Money that cannot be negative.</summary>
    public static DataverseColumn Amount(string name) => Money(name) with { MinValue = 0, MaxValue = 100_000_000_000m };

    /// <summary>A choice with a single member, until it is customized.</summary>
    public static DataverseColumn OnlyDefault(string name) => Choice(name, "Default Value") with { Default = 1 };

    public static DataverseColumn Master(string table) =>
        Lookup("masterid", table) with { Access = DataverseColumnAccess.ReadOnly };
}
