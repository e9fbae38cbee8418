namespace Dataverse.Sync;

/// <summary>The values of <see cref="DiagnosisFinding.Code"/> that the engine and the connectors of this project use.</summary>
public static class DiagnosisCodes
{
    /// <summary>A check could not be completed. The others were carried out.</summary>
    public const string CheckFailed = "CheckFailed";

    /// <summary>A mapping is invalid.</summary>
    public const string MappingInvalid = "MappingInvalid";

    /// <summary>Validation warns about a mapping.</summary>
    public const string MappingWarning = "MappingWarning";

    /// <summary>The records of a table cannot be read.</summary>
    public const string TableUnreadable = "TableUnreadable";

    /// <summary>A table was read; <see cref="DiagnosisFinding.Count"/> is the number of its records within the filter.</summary>
    public const string TableRead = "TableRead";

    /// <summary>A mapping writes to a table that cannot be written.</summary>
    public const string TableNotWritable = "TableNotWritable";

    /// <summary>The caller's roles do not contain a privilege on a table.</summary>
    public const string PrivilegeMissing = "PrivilegeMissing";

    /// <summary>The caller's roles do not contain a privilege for the whole organization.</summary>
    public const string PrivilegeLimited = "PrivilegeLimited";

    /// <summary>The system does not tell what the caller may write. The first write will.</summary>
    public const string RightsNotTold = "RightsNotTold";

    /// <summary>The caller cannot read a field.</summary>
    public const string FieldUnreadable = "FieldUnreadable";

    /// <summary>A field cannot be given to a new record.</summary>
    public const string FieldNotInsertable = "FieldNotInsertable";

    /// <summary>A field of an existing record cannot be changed, so that edits do not travel.</summary>
    public const string FieldNotUpdatable = "FieldNotUpdatable";

    /// <summary>A system requires a field that the mapping does not supply.</summary>
    public const string RequiredFieldNotMapped = "RequiredFieldNotMapped";

    /// <summary>A column is secured.</summary>
    public const string ColumnSecured = "ColumnSecured";

    /// <summary>A column shows a mask instead of its value.</summary>
    public const string ColumnMasked = "ColumnMasked";

    /// <summary>The rules for masks cannot be read.</summary>
    public const string MasksNotTold = "MasksNotTold";

    /// <summary>Change tracking of a table is switched off.</summary>
    public const string ChangeTrackingOff = "ChangeTrackingOff";

    /// <summary>A system does not report deletions; they are found by scanning all ids.</summary>
    public const string DeletionsNotReported = "DeletionsNotReported";

    /// <summary>A system does not compare versions, so that an edit may be overwritten in the moment of a write.</summary>
    public const string VersionsNotChecked = "VersionsNotChecked";

    /// <summary>The company that a connector reads and writes.</summary>
    public const string CompanyFound = "CompanyFound";

    /// <summary>A table has a column that says to which company a row belongs.</summary>
    public const string CompanyColumnPresent = "CompanyColumnPresent";

    /// <summary>A mapping tells the rows of its own company by a column.</summary>
    public const string CompanyColumnUsed = "CompanyColumnUsed";

    /// <summary>The clock of a system agrees with the clock of the engine.</summary>
    public const string ClockAgrees = "ClockAgrees";

    /// <summary>The clock of a system and the clock of the engine differ.</summary>
    public const string ClockDiffers = "ClockDiffers";

    /// <summary>A system does not tell its time.</summary>
    public const string ClockNotTold = "ClockNotTold";

    /// <summary>The currencies in which both systems keep their amounts.</summary>
    public const string BaseCurrencies = "BaseCurrencies";

    /// <summary>A currency has no exchange rate.</summary>
    public const string ExchangeRateMissing = "ExchangeRateMissing";

    /// <summary>New records get their numbers from the system, which does not tell whether it can give one.</summary>
    public const string NumberSeriesNotTold = "NumberSeriesNotTold";

    /// <summary>Several records of a side have the same values in the fields of a match group.</summary>
    public const string DuplicateMatch = "DuplicateMatch";

    /// <summary>Records have values of a choice that the definition of the table does not contain.</summary>
    public const string UnknownOption = "UnknownOption";

    /// <summary>Options of a choice have no counterpart on the other side.</summary>
    public const string OptionWithoutCounterpart = "OptionWithoutCounterpart";

    /// <summary>Two mappings over the same tables couple a record with different partners.</summary>
    public const string ContradictingLinks = "ContradictingLinks";

    /// <summary>A setting stands for a behavior that no documentation confirms.</summary>
    public const string UnverifiedSetting = "UnverifiedSetting";
}
