using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Writes the body of a post: a RemoteExecutionContext in JSON.</summary>
/// <remarks>
/// After the example in "Use webhooks to create external handlers for server events". Of a body of more than 256 KB
/// those properties are removed that the page names.
/// </remarks>
internal sealed class ExecutionContextWriter(WebhookStep webhook, RowEvent happened, WebhookCall call)
{
    public const int MaxSize = 256 * 1024;

    /// <summary>Writes the body.</summary>
    /// <returns>The body, and whether parts of it were removed.</returns>
    public (byte[] Body, bool IsReduced) Write()
    {
        var whole = Write(isReduced: false);
        return whole.Length <= MaxSize ? (whole, false) : (Write(isReduced: true), true);
    }

    private byte[] Write(bool isReduced)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            WriteContext(writer, isReduced, isParent: false);
        }

        return stream.ToArray();
    }

    private void WriteContext(Utf8JsonWriter writer, bool isReduced, bool isParent)
    {
        writer.WriteStartObject();
        writer.WriteString("BusinessUnitId", call.BusinessUnit);
        writer.WriteString("CorrelationId", call.CorrelationId);
        writer.WriteNumber("Depth", 1);
        writer.WriteString("InitiatingUserId", call.Caller.OnBehalf ?? call.Caller.User);
        if (!isReduced)
        {
            WriteParameters(writer, "InputParameters", "Target", WriteTarget);
        }

        WriteConstants(writer);
        if (happened.Message == "Create")
        {
            WriteParameters(writer, "OutputParameters", "id", json => json.WriteStringValue(happened.Row.Id));
        }
        else
        {
            WriteEmpty(writer, "OutputParameters");
        }

        writer.WritePropertyName("OwningExtension");
        AttributeWriter.WriteReference(writer, new(WebhookTables.Step, webhook.Step.Id), withType: false);
        if (!isReduced)
        {
            WriteParent(writer, isParent);
            WriteImages(writer, isParent);
        }

        writer.WriteString("PrimaryEntityId", happened.Row.Id);
        writer.WriteString("PrimaryEntityName", happened.Row.Table);
        writer.WriteNull("RequestId");
        writer.WriteString("SecondaryEntityName", "none");
        WriteEmpty(writer, "SharedVariables");
        writer.WriteNumber("Stage", isParent ? 30 : 40);
        writer.WriteString("UserId", call.Caller.User);
        writer.WriteEndObject();
    }

    private void WriteConstants(Utf8JsonWriter writer)
    {
        writer.WriteBoolean("IsExecutingOffline", false);
        writer.WriteBoolean("IsInTransaction", false);
        writer.WriteBoolean("IsOfflinePlayback", false);
        writer.WriteNumber("IsolationMode", 1);
        writer.WriteString("MessageName", happened.Message);
        writer.WriteNumber("Mode", 1);
        writer.WriteString("OperationCreatedOn", AttributeWriter.Date(call.HappenedOn));
        writer.WriteString("OperationId", call.OperationId);
        writer.WriteString("OrganizationId", call.Organization.Id);
        writer.WriteString("OrganizationName", call.Organization["name"] as string);
    }

    private void WriteParent(Utf8JsonWriter writer, bool isParent)
    {
        writer.WritePropertyName("ParentContext");
        if (isParent)
        {
            writer.WriteNullValue();
        }
        else
        {
            WriteContext(writer, isReduced: false, isParent: true);
        }
    }

    private void WriteImages(Utf8JsonWriter writer, bool isParent)
    {
        if (isParent || happened.After is not { } row)
        {
            WriteEmpty(writer, "PostEntityImages");
        }
        else
        {
            WriteParameters(writer, "PostEntityImages", "AsynchronousStepPrimaryName", json => AttributeWriter.WriteEntity(
                json, call.Table, row, [call.Table.Definition.PrimaryName], withType: false));
        }

        WriteEmpty(writer, "PreEntityImages");
    }

    private void WriteTarget(Utf8JsonWriter writer)
    {
        if (happened.After is not { } row)
        {
            AttributeWriter.WriteReference(writer, new(happened.Row.Table, happened.Row.Id));
            return;
        }

        // What a create leaves out is filled by the platform, and is part of the target after the operation.
        IEnumerable<string> columns = happened.Before is null
            ? row.Values.Keys
            : [.. happened.Columns, SystemColumns.ModifiedOn, SystemColumns.ModifiedBy, SystemColumns.ModifiedOnBehalfBy];
        AttributeWriter.WriteEntity(writer, call.Table, row, columns);
    }

    private static void WriteParameters(Utf8JsonWriter writer, string name, string key, Action<Utf8JsonWriter> value)
    {
        writer.WriteStartArray(name);
        writer.WriteStartObject();
        writer.WriteString("key", key);
        writer.WritePropertyName("value");
        value(writer);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteEmpty(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartArray(name);
        writer.WriteEndArray();
    }
}
