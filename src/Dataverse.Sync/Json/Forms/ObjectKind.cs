using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A kind of rule or converter that an object with members describes.</summary>
/// <typeparam name="T">The type of all kinds.</typeparam>
/// <typeparam name="TKind">The type of this kind.</typeparam>
internal sealed class ObjectKind<T, TKind> : Kind<T>
    where T : class
    where TKind : class, T
{
    private readonly ObjectForm<TKind> form;
    private readonly bool isShared;

    /// <summary>Initializes a new instance of the <see cref="ObjectKind{T, TKind}"/> class.</summary>
    /// <param name="form">The form of the members other than the kind.</param>
    /// <param name="isShared">Whether all mappings of a document share one instance, which has no members.</param>
    public ObjectKind(ObjectForm<TKind> form, bool isShared = false)
    {
        this.isShared = isShared;
        this.form = form.WithControl("kind", _ => new() { ["const"] = Name });
    }

    public override bool Includes(T value) => value is TKind;

    public override T Read(Node node, Reading reading)
    {
        var value = form.ReadWhole(node, reading);
        return isShared ? reading.Share(() => value) : value;
    }

    public override void WriteMembers(Utf8JsonWriter writer, T value, NamedCode code) =>
        form.WriteMembers(writer, (TKind)value, code);

    public override bool AreSame(T left, T right) => form.AreSame((TKind)left, (TKind)right);

    public override JsonObject Describe(SchemaDefinitions definitions) => form.Describe(definitions);
}
