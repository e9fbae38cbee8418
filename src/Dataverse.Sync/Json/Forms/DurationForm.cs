using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A duration as .NET writes it: hours, minutes, and seconds, after days if there are any. It is not negative.</summary>
internal sealed class DurationForm : Form<TimeSpan>
{
    private const string Rule = "a duration such as \"00:10:00\" for ten minutes or \"1.00:00:00\" for one day";

    public static DurationForm Instance { get; } = new();

    // A number alone would be taken for days.
    public override TimeSpan Read(Node node, TimeSpan before, Reading reading)
    {
        if (node.Kind == NodeKind.Text
            && node.Scalar.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParseExact(node.Scalar, "c", CultureInfo.InvariantCulture, out var value)
            && value >= TimeSpan.Zero)
        {
            return value;
        }

        reading.Add(node, $"is {(node.Kind == NodeKind.Text ? $"'{node.Scalar}'" : node.KindText)}; it must be {Rule}.");
        return before;
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, NamedCode code) =>
        writer.WriteStringValue(value.ToString("c", CultureInfo.InvariantCulture));

    public override JsonObject Describe(SchemaDefinitions definitions) => new()
    {
        ["type"] = "string",
        ["pattern"] = @"^(\d+\.)?\d{1,2}:\d{2}(:\d{2}(\.\d{1,7})?)?$",
        ["examples"] = new JsonArray("00:10:00", "1.00:00:00"),
    };
}
