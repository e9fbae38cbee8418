using System.Xml.Linq;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>The messages <c>InsertOptionValue</c>, for local choices, and <c>PublishXml</c>.</summary>
internal sealed class CustomizationMessages(DataverseBackend backend)
{
    public OrganizationResponse InsertOption(OrganizationRequest request, MessageContext context)
    {
        request.Allow("EntityLogicalName", "AttributeLogicalName", "Label", "Value", "OptionSetName", "Description");
        var label = request.Require<Label>("Label");
        var wanted = request.ValueOf<int>("Value");
        var value = backend.Store.AddOption(
            request.Require<string>("EntityLogicalName"),
            request.Require<string>("AttributeLogicalName"),
            wanted == 0 ? null : wanted,
            label.LocalizedLabels.FirstOrDefault()?.Label ?? throw Refusals.Missing("Label"));
        return new OrganizationResponse { Results = { ["NewOptionValue"] = value } };
    }

    public OrganizationResponse Publish(OrganizationRequest request, MessageContext context)
    {
        request.Allow("ParameterXml");
        var part = XDocument.Parse(request.Require<string>("ParameterXml"));
        backend.Store.Publish([.. part.Descendants("entity").Select(entity => entity.Value)]);
        return new OrganizationResponse();
    }
}
