using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>A time zone by its id.</summary>
internal sealed class TimeZoneForm : Form<TimeZoneInfo>
{
    public static TimeZoneForm Instance { get; } = new();

    public override TimeZoneInfo Read(Node node, TimeZoneInfo before, Reading reading)
    {
        var known = reading.Problems.Count;
        var id = TextForm.Instance.Read(node, string.Empty, reading);
        if (reading.Problems.Count > known)
        {
            return before;
        }

        try
        {
            return TimeZones.Find(id);
        }
        catch (Exception unknown) when (unknown is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            reading.Add(node, unknown.Message);
            return before;
        }
    }

    // A zone that an application made has an id that no system knows.
    public override void Write(Utf8JsonWriter writer, TimeZoneInfo value, NamedCode code)
    {
        try
        {
            _ = TimeZones.Find(value.Id);
        }
        catch (TimeZoneNotFoundException)
        {
            throw new SyncConfigurationException(
                [$"The time zone '{value.Id}' cannot be written as data, because the system knows none of this id."]);
        }

        writer.WriteStringValue(value.Id);
    }

    public override bool AreSame(TimeZoneInfo left, TimeZoneInfo right) => left.Id == right.Id;

    public override JsonObject Describe(SchemaDefinitions definitions) => new()
    {
        ["type"] = "string",
        ["examples"] = new JsonArray("Europe/Amsterdam", "UTC"),
    };
}
