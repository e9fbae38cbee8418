using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>What may be said of an answer that no sense can be made of.</summary>
internal static class MalformedAnswer
{
    /// <summary>The failure of a call whose answer is not what the protocol says.</summary>
    /// <remarks>
    /// The parsers' own messages quote what they stumbled over, which may be a value; only ours are passed on.
    /// </remarks>
    public static ConnectorException Of(string connector, string operation, Exception cause) => new(
        connector,
        ConnectorFailure.MalformedAnswer,
        $"{connector}: {operation}: the answer is malformed. {(IsOurs(cause) ? cause.Message : "It cannot be parsed.")}",
        cause)
    {
        ContradictsSchema = cause is MissingPropertyException,
    };

    public static ConnectorException Of(string connector, string operation, string problem) =>
        Of(connector, operation, new JsonException(problem));

    // The reader throws types of its own, and the serializer sets the path; neither is true of ours.
    private static bool IsOurs(Exception cause) => cause switch
    {
        MissingPropertyException => true,
        JsonException json => json.Path is null && json.GetType() == typeof(JsonException),
        _ => cause.GetType() == typeof(FormatException),
    };
}
