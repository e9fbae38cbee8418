namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The columns that the platform gives a table besides its own.</summary>
internal static class SystemColumns
{
    public const string CreatedOn = "createdon";
    public const string ModifiedOn = "modifiedon";
    public const string CreatedBy = "createdby";
    public const string ModifiedBy = "modifiedby";
    public const string CreatedOnBehalfBy = "createdonbehalfby";
    public const string ModifiedOnBehalfBy = "modifiedonbehalfby";
    public const string OverriddenCreatedOn = "overriddencreatedon";
    public const string VersionNumber = "versionnumber";
    public const string Owner = "ownerid";
    public const string OwningUser = "owninguser";
    public const string OwningTeam = "owningteam";
    public const string OwningBusinessUnit = "owningbusinessunit";
    public const string State = "statecode";
    public const string Status = "statuscode";
    public const string Currency = "transactioncurrencyid";
    public const string ExchangeRate = "exchangerate";

    /// <summary>The table's own columns first, then those of the platform that it does not define itself.</summary>
    public static IReadOnlyList<DataverseColumn> Complete(DataverseTableDefinition table)
    {
        var columns = new List<DataverseColumn> { Key(table.Key) };
        columns.AddRange(table.Columns);
        if (table.IsVirtual)
        {
            return columns;
        }

        var known = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        columns.AddRange(Platform(table).Where(column => known.Add(column.Name)));
        return columns;
    }

    private static IEnumerable<DataverseColumn> Platform(DataverseTableDefinition table)
    {
        var stateful = table.HasState ? StateColumns() : [];
        var owned = table.Ownership is DataverseOwnership.UserOwned ? OwnerColumns(table.LogicalName) : [];
        var hasMoney = table.Columns.Any(column => column.Type is DataverseColumnType.Money);
        return [.. stateful, .. owned, .. hasMoney ? MoneyColumns(table) : [], .. CommonColumns()];
    }

    private static DataverseColumn Key(string name) => DataverseColumn.Guid(name) with
    {
        Access = DataverseColumnAccess.CreateOnly,
        Requirement = DataverseRequirement.SystemRequired,
    };

    private static IEnumerable<DataverseColumn> StateColumns() =>
    [
        new()
        {
            Name = State, Type = DataverseColumnType.State, Default = 0, Access = DataverseColumnAccess.UpdateOnly,
            Requirement = DataverseRequirement.SystemRequired, Choices = [new(0, "Active"), new(1, "Inactive")],
        },
        new()
        {
            Name = Status, Type = DataverseColumnType.Status, Default = 1,
            Choices = [new(1, "Active", 0), new(2, "Inactive", 1)],
        },
    ];

    private static IEnumerable<DataverseColumn> OwnerColumns(string table) =>
    [
        new()
        {
            Name = Owner, Type = DataverseColumnType.Owner, Requirement = DataverseRequirement.SystemRequired,
            Targets = [Silent("systemuser", Owner), Silent("team", Owner)],
        },
        UserReference(OwningUser) with
        {
            Targets = [Silent("systemuser", OwningUser) with { Relationship = "user_" + table }],
        },
        UserReference(OwningTeam) with
        {
            Targets = [Silent("team", OwningTeam) with { Relationship = "team_" + table }],
        },
        UserReference(OwningBusinessUnit) with
        {
            Targets = [Silent("businessunit", OwningBusinessUnit) with
            {
                Relationship = "business_unit_" + table + "s",
            }],
        },
    ];

    private static IEnumerable<DataverseColumn> MoneyColumns(DataverseTableDefinition table)
    {
        yield return DataverseColumn.Lookup(Currency, "transactioncurrency") with
        {
            Targets =
            [
                new("transactioncurrency", Currency)
                {
                    Relationship = "transactioncurrency_"
                        + table.LogicalName, OnDelete = DataverseDeleteBehavior.Restrict,
                },
            ],
        };
        yield return DataverseColumn.Decimal(ExchangeRate, 12, 0.000000000001m) with
        {
            Access = DataverseColumnAccess.ReadOnly,
        };
        foreach (var money in table.Columns.Where(column => column.Type is DataverseColumnType.Money))
        {
            yield return DataverseColumn.Money(money.Name + "_base") with { Access = DataverseColumnAccess.ReadOnly };
        }
    }

    private static IEnumerable<DataverseColumn> CommonColumns() =>
    [
        UserReference(CreatedBy),
        UserReference(ModifiedBy),
        UserReference(CreatedOnBehalfBy),
        UserReference(ModifiedOnBehalfBy),
        DataverseColumn.DateTime(CreatedOn) with { Access = DataverseColumnAccess.ReadOnly },
        DataverseColumn.DateTime(ModifiedOn) with { Access = DataverseColumnAccess.ReadOnly },
        DataverseColumn.DateTime(OverriddenCreatedOn) with { Access = DataverseColumnAccess.CreateOnly },
        DataverseColumn.WholeNumber("importsequencenumber") with { Access = DataverseColumnAccess.CreateOnly },
        DataverseColumn.WholeNumber("timezoneruleversionnumber", -1),
        DataverseColumn.WholeNumber("utcconversiontimezonecode", -1),
        new() { Name = VersionNumber, Type = DataverseColumnType.BigNumber, Access = DataverseColumnAccess.ReadOnly },
    ];

    private static DataverseColumn UserReference(string name) =>
        DataverseColumn.Lookup(name, "systemuser") with
        {
            Access = DataverseColumnAccess.ReadOnly,
            Targets = [Silent("systemuser", name)],
        };

    private static DataverseLookupTarget Silent(string table, string name) =>
        new(table, name) { OnDelete = DataverseDeleteBehavior.None };
}
