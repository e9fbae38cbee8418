namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class StringFormatName : ConstantsBase<string>
{
    public static readonly StringFormatName Email = new() { Value = "Email" };
    public static readonly StringFormatName Text = new() { Value = "Text" };
    public static readonly StringFormatName TextArea = new() { Value = "TextArea" };
    public static readonly StringFormatName Url = new() { Value = "Url" };
    public static readonly StringFormatName TickerSymbol = new() { Value = "TickerSymbol" };
    public static readonly StringFormatName PhoneticGuide = new() { Value = "PhoneticGuide" };
    public static readonly StringFormatName VersionNumber = new() { Value = "VersionNumber" };
    public static readonly StringFormatName Phone = new() { Value = "Phone" };

    public static implicit operator StringFormatName(string formatName) => new() { Value = formatName };

    public static bool operator ==(StringFormatName stringFormatA, StringFormatName stringFormatB) =>
        stringFormatA?.Value == stringFormatB?.Value;

    public static bool operator !=(StringFormatName stringFormatA, StringFormatName stringFormatB) =>
        !(stringFormatA == stringFormatB);

    public override bool Equals(object obj) => obj is StringFormatName other && this == other;

    public override int GetHashCode() => Value?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
