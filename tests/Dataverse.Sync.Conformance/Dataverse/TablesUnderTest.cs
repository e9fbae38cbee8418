using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Conformance;

/// <summary>The tables of an emulated organization that the conformance suite is run on.</summary>
public static class TablesUnderTest
{
    /// <summary>The one column that the emulator keeps as a floating-point number.</summary>
    public const string DoubleColumn = "new_latitude";

    private static readonly Guid Someone = new("00000000-0000-4000-8000-0000000000c1");
    private static readonly Guid SomeoneElse = new("00000000-0000-4000-8000-0000000000c2");
    private static readonly Guid Adatum = new("00000000-0000-4000-8000-0000000000a1");

    /// <summary>A row that a lookup to customers may refer to: an account or a contact.</summary>
    public static DataverseReference Customer(bool isAccount) => isAccount ? new("account", Adatum) : new("contact", Someone);

    /// <summary>The standard table, with a lookup to one table.</summary>
    public static ConformanceTable Account(DataverseEmulator emulator)
    {
        AddPeople(emulator);
        return new()
        {
            Name = "account",
            BusinessKey = "accountnumber",
            Text = "name",
            OtherText = "address1_city",
            ReadOnly = "createdon",
            Samples =
            [
                new("creditlimit", FieldType.Decimal, FieldValue.Decimal(1234.56m), FieldValue.Decimal(0.01m)),
                new("numberofemployees", FieldType.Integer, FieldValue.Integer(42), FieldValue.Integer(0)),
                new("donotphone", FieldType.Boolean, FieldValue.Boolean(true), FieldValue.Boolean(false)),
                new("customertypecode", FieldType.Choice, FieldValue.Integer(3), FieldValue.Integer(11)),
                new("primarycontactid", FieldType.Reference, FieldValue.Reference(Someone, "contact"), FieldValue.Reference(SomeoneElse, "contact")),
            ],
        };
    }

    /// <summary>A custom table with the types that account lacks, and lookups to several tables or with a mixed-case property.</summary>
    public static ConformanceTable Project(DataverseEmulator emulator)
    {
        AddPeople(emulator);
        _ = emulator.Table("account").Insert([("accountid", Adatum), ("name", "Adatum")]);
        _ = emulator.AddTable(new DataverseTableDefinition
        {
            LogicalName = "new_project",
            SetName = "new_projectset",
            PrimaryName = "new_name",
            ChangeTracking = false,
            Columns =
            [
                DataverseColumn.Text("new_name", 100),
                DataverseColumn.Text("new_number", 20),
                DataverseColumn.Text("new_place", 50),
                DataverseColumn.Memo("new_remark"),
                DataverseColumn.Decimal("new_share", 4),
                DataverseColumn.Double(DoubleColumn, 5, -90, 90),
                DataverseColumn.Date("new_begins"),
                DataverseColumn.DateTime("new_calledon"),
                DataverseColumn.Guid("new_reference"),
                DataverseColumn.MultiChoice("new_colors", "Red", "Green", "Blue"),
                DataverseColumn.Duration("new_effort"),
                DataverseColumn.Text("new_computed", 20) with { Access = DataverseColumnAccess.ReadOnly },
                DataverseColumn.Lookup("new_leader", "contact", "new_Leader"),
                new DataverseColumn
                {
                    Name = "new_customer",
                    Type = DataverseColumnType.Customer,
                    Targets = [new("account", "new_Customer_account"), new("contact", "new_Customer_contact")],
                },
            ],
        });
        return new()
        {
            Name = "new_project",
            BusinessKey = "new_number",
            Text = "new_name",
            OtherText = "new_place",
            ReadOnly = "new_computed",
            Samples =
            [
                new("new_remark", FieldType.Text, FieldValue.Text("two\r\nlines"), FieldValue.Text("one")),
                new("new_share", FieldType.Decimal, FieldValue.Decimal(0.1234m), FieldValue.Decimal(-10)),
                new(DoubleColumn, FieldType.Decimal, FieldValue.Decimal(47.12345m), FieldValue.Decimal(-12.5m)),
                new("new_begins", FieldType.Date, FieldValue.Date(new DateOnly(2024, 2, 29)), FieldValue.Date(new DateOnly(1999, 12, 31))),
                new("new_calledon", FieldType.DateTime, FieldValue.DateTime(new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero)), FieldValue.DateTime(new DateTimeOffset(1999, 12, 31, 23, 59, 59, TimeSpan.Zero))),
                new("new_reference", FieldType.Identifier, FieldValue.Identifier(Adatum), FieldValue.Identifier(Someone)),
                new("new_colors", FieldType.MultiChoice, FieldValue.MultiChoice(3, 1), FieldValue.MultiChoice(2)),
                new("new_effort", FieldType.Duration, FieldValue.Duration(TimeSpan.FromMinutes(90)), FieldValue.Duration(TimeSpan.Zero)),
                new("new_leader", FieldType.Reference, FieldValue.Reference(Someone, "contact"), FieldValue.Reference(SomeoneElse, "contact")),
                new("new_customer", FieldType.Reference, FieldValue.Reference(Someone, "contact"), FieldValue.Reference(Adatum, "account")),
            ],
        };
    }

    private static void AddPeople(DataverseEmulator emulator)
    {
        foreach (var id in new[] { Someone, SomeoneElse })
        {
            _ = emulator.Table("contact").Insert([("contactid", id), ("lastname", "Someone")]);
        }
    }
}
