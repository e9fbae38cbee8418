namespace Dataverse.Sync;

/// <summary>A local value and the integration value that stands for the same thing.</summary>
/// <param name="Local">The local value. A blank may be paired as well.</param>
/// <param name="Integration">The integration value. A blank may be paired as well.</param>
public sealed record ValuePair(FieldValue Local, FieldValue Integration)
{
    /// <summary>Initializes a new instance of the <see cref="ValuePair"/> class with texts.</summary>
    /// <param name="local">The local text. Null and the empty text are a blank.</param>
    /// <param name="integration">The integration text. Null and the empty text are a blank.</param>
    public ValuePair(string? local, string? integration)
        : this(FieldValue.Text(local), FieldValue.Text(integration))
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ValuePair"/> class with a text and a number.</summary>
    /// <param name="local">The local text. Null and the empty text are a blank.</param>
    /// <param name="integration">The integration number, such as the value of a choice.</param>
    public ValuePair(string? local, long integration)
        : this(FieldValue.Text(local), FieldValue.Integer(integration))
    {
    }

    internal FieldValue On(SyncSide side) => side == SyncSide.Local ? Local : Integration;
}
