namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Short factory methods for the properties of the standard pages.</summary>
internal static class StandardFields
{
    public static BusinessCentralField Id { get; } =
        new("id", BusinessCentralFieldType.Guid) { Source = BusinessCentralFieldSource.SystemId };

    public static BusinessCentralField ModifiedAt { get; } =
        new("lastModifiedDateTime", BusinessCentralFieldType.DateTime)
        {
            Source = BusinessCentralFieldSource.SystemModifiedAt,
        };

    public static BusinessCentralField Text(string name, int length, string caption) =>
        new(name, BusinessCentralFieldType.Text) { MaxLength = length, Caption = caption };

    public static BusinessCentralField Code(string name, int length, string caption) =>
        new(name, BusinessCentralFieldType.Code) { MaxLength = length, Caption = caption };

    public static BusinessCentralField Decimal(string name, string caption) =>
        new(name, BusinessCentralFieldType.Decimal) { Caption = caption };

    public static BusinessCentralField Boolean(string name, string caption) =>
        new(name, BusinessCentralFieldType.Boolean) { Caption = caption };

    public static BusinessCentralField Reference(string name) => new(name, BusinessCentralFieldType.Guid);

    public static BusinessCentralField Date(string name) => new(name, BusinessCentralFieldType.Date);

    public static BusinessCentralField Enum(string name, EnumShape type) => new(name, BusinessCentralFieldType.Enum)
    {
        EnumName = type.Name,
        Members = type.Members,
        MemberValues = type.Values,
    };

    public static BusinessCentralField Integer(string name) => new(name, BusinessCentralFieldType.Integer);

    public static BusinessCentralField Stream(string name) => new(name, BusinessCentralFieldType.Stream);

    public static BusinessCentralField FlowField(string name) =>
        new(name, BusinessCentralFieldType.Decimal) { Source = BusinessCentralFieldSource.Calculated };

    public static BusinessCentralField ReadOnly(BusinessCentralField field) => field with { IsReadOnly = true };

    /// <summary>A property that the page keeps in a variable of another length than its column.</summary>
    public static BusinessCentralField PageVariable(BusinessCentralField field, int? length = null) =>
        field with { IsPageVariable = true, VariableLength = length };

    public static BusinessCentralField Mandatory(BusinessCentralField field) => field with { IsMandatory = true };

    public static BusinessCentralField DateFormula(string name, string caption) =>
        Text(name, 32, caption) with { IsDateFormula = true };

    /// <summary>The VAT registration number, in a variable that also holds enterprise numbers.</summary>
    public static BusinessCentralField TaxRegistrationNumber { get; } =
        PageVariable(Text("taxRegistrationNumber", 20, "VAT Registration No."), length: 50);
}
