using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral.Tests.Connection;

/// <summary>Errors whose text tells more than their status.</summary>
public sealed class ErrorRulesTests
{
    [Theory]
    [InlineData(409, "Internal_ServerError", "The activity was deadlocked with another user who was modifying the Customer table. Please retry the activity.")]
    [InlineData(400, "Application_DialogException", "The activity was deadlocked with another user. Please retry the activity.")]
    [InlineData(409, null, "The operation could not complete because a record in the 'Customer' table was locked by another user. Please retry the activity.")]
    [InlineData(400, "Unknown", "The server is busy. Please try again later.")]
    [InlineData(400, "BadRequest", "Please try again later.")]
    [InlineData(400, "Unknown", "Sorry we just updated this page. Reopen it, and try again.")]
    public void Passing_errors_are_known_by_their_text(int status, string? code, string text) =>
        Meaning(status, code, text).Should().Be(ErrorMeaning.Passing);

    [Theory]
    [InlineData(409, "Request_EntityChanged", "Another user has already changed the record. Please try again later.")]
    [InlineData(409, "Internal_ServerError", "Something went wrong.")]
    [InlineData(409, "Internal_EntityWithSameKeyExists", "The record in table Customer already exists. Identification fields and values: Name='deadlock'")]
    [InlineData(400, "Application_DialogException", "The posting date is not allowed. Enter another one and try again.")]
    [InlineData(400, "BadRequest_InvalidToken", "Reload the entity to get a new token and retry the activity.")]
    [InlineData(400, "Unknown", "The name 'Try again later Ltd.' is not allowed.")]
    [InlineData(400, "Unknown", "The name \"Deadlock\" isn't allowed, and 'x' neither.")]
    [InlineData(403, "Authorization_RequestDenied", "You lack a permission. Try again later.")]
    public void Permanent_refusals_are_not_taken_for_passing_ones(int status, string? code, string text) =>
        Meaning(status, code, text).Should().Be(ErrorMeaning.None);

    [Theory]
    [InlineData(400, "Application_StringExceededLength", "The length of the string is 22, but it must be less than or equal to 20 characters.")]
    [InlineData(400, "Application_FilterErrorException", "The filter is not valid for the No. field on the Customer table.")]
    [InlineData(404, "BadRequest_NotFound", "No HTTP resource was found.")]
    [InlineData(400, "BadRequest", "The property 'x' does not exist on type 'Microsoft.NAV.customer'.")]
    [InlineData(400, "BadRequest", "Could not find a property named 'x' on type 'Microsoft.NAV.customer'.")]
    [InlineData(400, "Unknown", "The value of 'blocked' is not an option. The existing options are: _x0020_,Ship")]
    public void Answers_that_contradict_the_schema_are_known(int status, string? code, string text) =>
        Meaning(status, code, text).Should().Be(ErrorMeaning.ContradictsSchema);

    [Fact]
    public void Texts_of_another_language_are_added_by_an_option()
    {
        var rules = new ErrorRules(["wiederholen Sie die Aktivität"]);

        rules.MeaningOf(409, new ServiceError("Internal_ServerError", "Bitte Wiederholen Sie die Aktivität.")).Should().Be(ErrorMeaning.Passing);
    }

    private static ErrorMeaning Meaning(int status, string? code, string text) =>
        new ErrorRules([]).MeaningOf(status, new ServiceError(code, text + "  CorrelationId:  01234567-89ab-cdef-0123-456789abcdef."));
}
