using System.Globalization;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>Customers and accounts of 18 mapped fields, made from their numbers: the same number is the same customer everywhere.</summary>
/// <remarks>
/// The shape is that of the standard CUSTOMER mapping, with its filters and its constant, without lookups; some address fields are added to
/// come to 18. Values that many customers share, such as towns, are shared objects here too, as a connector's reader would not make them.
/// </remarks>
internal static class Customers
{
    public const string Mapping = "CUSTOMER";

    private const string LocalTable = "customers";
    private const string IntegrationTable = "account";
    private const string Phone = "phoneNumber";
    private const string Blocked = "blocked";
    private const string State = "statecode";
    private const string Relationship = "customertypecode";

    private static readonly FieldValue RelationshipOfCustomers = FieldValue.Integer(3);
    private static readonly FieldValue StateOfActive = FieldValue.Integer(0);

    private static readonly CustomerField[] Fields =
    [
        new("number", "accountnumber", number => $"C{number:D7}"),
        new("displayName", "name", number => $"Customer {number:D7} Trading Limited"),
        new("addressLine1", "address1_line1", Pool("{0} West Peachtree Street", 500)),
        new("addressLine2", "address1_line2", Pool("Building {0}", 50)),
        new("postalCode", "address1_postalcode", Pool("AB{0} 3CD", 90)),
        new("city", "address1_city", Pool("Market Town {0}", 200)),
        new("country", "address1_country", Pool("G{0}", 9)),
        new("state", "address1_stateorprovince", Pool("County {0}", 40)),
        new("email", "emailaddress1", number => $"accounts.{number:D7}@customer.example"),
        new("website", "websiteurl", number => $"https://www.customer-{number:D7}.example"),
        new(Phone, "telephone1", number => $"+44 1632 {number:D7}"),
        new("creditLimit", "creditlimit"),
        new("faxNumber", "fax", Pool("+44 1632 96{0}", 300)),
        new("shipToCity", "address2_city", Pool("Harbour Town {0}", 200)),
        new("shipToCountry", "address2_country", Pool("G{0}", 9)),
        new("shipToLine1", "address2_line1", Pool("{0} Dock Road", 500)),
        new("shipToPostalCode", "address2_postalcode", Pool("EF{0} 7GH", 90)),
        new("territory", "territory", Pool("Territory {0}", 25)),
    ];

    private static readonly int PhonePlace = Array.FindIndex(Fields, field => field.Local == Phone);

    private static readonly RecordLayout LocalLayout = new(LocalTable, [.. Fields.Select(field => field.Local), Blocked]);
    private static readonly RecordLayout IntegrationLayout = new(IntegrationTable, [.. Fields.Select(field => field.Integration), State, Relationship]);

    /// <summary>The number of mapped fields.</summary>
    public static int FieldCount => Fields.Length;

    /// <summary>The mapped fields.</summary>
    public static IReadOnlyList<CustomerField> MappedFields => Fields;

    /// <summary>The mapping of the two tables; records are matched by number.</summary>
    public static IIntegrationTableMapping CreateMapping()
    {
        var builder = new IntegrationTableMappingBuilder(Mapping)
            .Between(LocalTable, IntegrationTable)
            .LocalFilter(RecordFilter.IsBlank(Blocked))
            .IntegrationFilter(RecordFilter.All(RecordFilter.Equal(State, StateOfActive), RecordFilter.Equal(Relationship, RelationshipOfCustomers)))
            .IntegrationConstant(Relationship, RelationshipOfCustomers, field => field.OnInsertOnly())
            .MatchOn("number", "accountnumber");
        foreach (var field in Fields)
        {
            _ = builder.Field(field.Local, field.Integration);
        }

        return builder.Build();
    }

    /// <summary>The table of a side: the local one reports no deletions and chooses ids itself, as Business Central; the other one does as Dataverse does.</summary>
    public static TableSchema SchemaOf(SyncSide side)
    {
        var others = side == SyncSide.Local
            ? new[] { new FieldSchema { Name = Blocked, Type = FieldType.Text } }
            : [new FieldSchema { Name = State, Type = FieldType.Integer }, new FieldSchema { Name = Relationship, Type = FieldType.Integer }];
        return new()
        {
            Name = side == SyncSide.Local ? LocalTable : IntegrationTable,
            KeyField = "id",
            Fields = [new() { Name = "id", Type = FieldType.Identifier }, .. Fields.Select(field => field.SchemaOn(side)), .. others],
            ReportsDeletions = side == SyncSide.Integration,
            KeepsChosenIds = side == SyncSide.Integration,
            BusinessKeyField = side == SyncSide.Local ? "number" : null,
        };
    }

    /// <summary>Makes the record of a number.</summary>
    /// <param name="side">The side whose record it is.</param>
    /// <param name="number">The number, from 0.</param>
    /// <param name="id">The record's id.</param>
    /// <param name="version">The record's version.</param>
    /// <param name="phoneNumber">A telephone number other than the one that the customer had at first.</param>
    public static TableRecord Make(SyncSide side, int number, Guid id, string version, string? phoneNumber = null)
    {
        var layout = side == SyncSide.Local ? LocalLayout : IntegrationLayout;
        var values = new FieldValue[layout.Fields.Count];
        for (var place = 0; place < Fields.Length; place++)
        {
            values[place] = Fields[place].ValueOf(number);
        }

        if (phoneNumber is not null)
        {
            values[PhonePlace] = FieldValue.Text(phoneNumber);
        }

        if (side == SyncSide.Integration)
        {
            (values[^2], values[^1]) = (StateOfActive, RelationshipOfCustomers);
        }

        return new(layout, id, values, version, DateTimeOffset.UnixEpoch);
    }

    /// <summary>The number of the customer that an insert is about.</summary>
    public static int NumberOf(WriteOperation insert) =>
        int.Parse(insert.Fields.First(field => field.Field == Fields[0].Integration).Value.AsText().AsSpan(1), CultureInfo.InvariantCulture);

    /// <summary>Copies every mapped field of a record into a new dictionary, texts character by character: the least that moving a record can mean.</summary>
    public static Dictionary<string, object?> DeepCopy(TableRecord record)
    {
        var copy = new Dictionary<string, object?>(Fields.Length, StringComparer.Ordinal);
        for (var place = 0; place < Fields.Length; place++)
        {
            var value = record[place];
            copy[record.Layout.Fields[place]] = value.Kind == FieldValueKind.Text ? new string(value.AsText().AsSpan()) : value.AsDecimal();
        }

        return copy;
    }

    private static Func<int, string> Pool(string format, int size)
    {
        var texts = Enumerable.Range(10, size).Select(number => string.Format(CultureInfo.InvariantCulture, format, number)).ToArray();
        return number => texts[number % size];
    }
}
