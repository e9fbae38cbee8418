namespace Dataverse.Sync.Testing;

/// <summary>Type of a Dataverse column, which decides its JSON form and the checks that a write must pass.</summary>
public enum DataverseColumnType
{
    /// <summary>Single line of text.</summary>
    Text,

    /// <summary>Several lines of text.</summary>
    Memo,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>One of a fixed set of numbers.</summary>
    Choice,

    /// <summary>Several of a fixed set of numbers, sent as text: <c>"1,3"</c>.</summary>
    MultiChoice,

    /// <summary>The active or inactive state of a row: a choice that a create cannot set.</summary>
    State,

    /// <summary>The reason for the state. Each member belongs to one state.</summary>
    Status,

    /// <summary>32-bit number.</summary>
    WholeNumber,

    /// <summary>64-bit number.</summary>
    BigNumber,

    /// <summary>Number with a fixed number of decimals.</summary>
    Decimal,

    /// <summary>Floating-point number.</summary>
    Double,

    /// <summary>
    /// An amount in the currency of the row, returned with four decimals, with a computed column <c>…_base</c>.
    /// </summary>
    Money,

    /// <summary>Point in time, stored in UTC with whole seconds.</summary>
    DateTime,

    /// <summary>A date without a time.</summary>
    DateOnly,

    /// <summary>Reference to a row of one table.</summary>
    Lookup,

    /// <summary>A reference to an account or a contact, with one navigation property for each.</summary>
    Customer,

    /// <summary>A reference to the user or team that owns the row, with one navigation property for both.</summary>
    Owner,

    /// <summary>A GUID that is not a reference.</summary>
    UniqueIdentifier,

    /// <summary>A length of time: a 32-bit number of minutes whose metadata have the format Duration.</summary>
    Duration,

    /// <summary>
    /// A picture. Rows show a thumbnail as base64; the emulator describes the column and holds no pictures.
    /// </summary>
    Image,

    /// <summary>A file. Rows show its id; the emulator describes the column and holds no files.</summary>
    File,
}
