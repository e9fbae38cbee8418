using System.Text;

namespace Dataverse.Sync.Http;

/// <summary>One JSON property that is read from a record.</summary>
internal sealed class RecordProperty
{
    public RecordProperty(string name, FieldReader read, int ordinal = -1, RecordRole role = RecordRole.None)
    {
        Name = name;
        Utf8Name = Encoding.UTF8.GetBytes(name);
        Read = read;
        Ordinal = ordinal;
        Role = role;
        IsText = role == RecordRole.None && read == JsonFields.Text;
    }

    /// <summary>The property's name on the wire.</summary>
    public string Name { get; }

    public byte[] Utf8Name { get; }

    public FieldReader Read { get; }

    /// <summary>The place of the field in the layout; −1 where the property is no field.</summary>
    public int Ordinal { get; }

    public RecordRole Role { get; }

    /// <summary>Whether the property is a plain text.</summary>
    public bool IsText { get; }

    /// <summary>Whether a record may lack the property, which is blank then.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether a record that lacks the property lacks a field.</summary>
    public bool IsRequiredField => Ordinal >= 0 && Role != RecordRole.ReferencedTable && !IsOptional;
}
